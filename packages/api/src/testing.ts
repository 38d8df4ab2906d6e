export { checkAnswer, withCheckedAnswers, type AnsweredRequest } from './testing/check-answer.ts';
