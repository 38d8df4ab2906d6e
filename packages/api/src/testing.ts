export {
  checkAnswer,
  contractRequests,
  withCheckedAnswers,
  type AnsweredRequest,
} from './testing/check-answer.ts';
