const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Common names that are hardly ever anything else, or only after a cue. Data: extend here. */
export const GIVEN_NAMES = words(
  'james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas sarah ' +
    'charles karen christopher lisa daniel nancy matthew betty anthony margaret sandra donald ashley steven kimberly paul emily ' +
    'andrew donna joshua michelle kenneth carol kevin amanda brian dorothy george melissa timothy deborah ronald stephanie edward ' +
    'rebecca jason sharon jeffrey laura ryan cynthia jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen ' +
    'brenda larry pamela justin emma scott nicole brandon helen benjamin samantha samuel katherine gregory christine alexander ' +
    'debra patrick rachel raymond carolyn dennis janet jerry catherine tyler maria aaron heather jose diane adam ruth nathan ' +
    'julie henry olivia zachary joyce douglas virginia peter victoria kyle kelly noah lauren ethan christina jeremy joan walter ' +
    'evelyn christian judith keith megan roger andrea terry cheryl austin hannah sean jacqueline gerald martha carl gloria harold ' +
    'teresa dylan ann arthur sara lawrence madison jordan frances jesse kathryn bryan janice billy jean bruce abigail gabriel alice ' +
    'joe julia logan judy alan sophia juan denise albert amber willie doris elijah marilyn wayne danielle randy beverly vincent ' +
    'isabella roy theresa ralph diana bobby natalie russell brittany philip charlotte eugene kayla alexis louis lori ' +
    'priya raj amit sanjay anita wei ming chen yuki hiroshi fatima ahmed mohammed muhammad ali omar aisha carlos luis miguel ' +
    'pedro sofia lucia elena ana diego javier rosa marta ivan olga natasha dmitri sven lars ingrid hans greta pierre claire ' +
    'tom bob jim mike dave steve bill jane kate liz ben sam dan matt chris tony nick alex max leo mia zoe chloe ella lily ' +
    'grace ava liam mason lucas oliver isla amelia harry jack charlie oscar archie renee leila tomas bridget nadia carmen felix hugo ines priscilla marcus tanya derek wendy yvonne trevor',
);

/** After a name's cue, what is no name. */
export const NOT_NAMES = words(
  "on in at is not a an the to for it's it its that that's thats and or but so of with my your our their his her i you we they not " +
    'calling trying having looking here there just still really very sure sorry fine good great okay ok well going getting been ' +
    'under spelled spelt correct right wrong please thanks thank yes no yeah um uh er first last full middle name number account card ' +
    'currently about from because if when what who how new old changed different same also already ready done glad happy afraid ' +
    'curious interested wondering hoping unable able waiting only always never by as was be are been do does did can could will would ' +
    'one two three four five six seven eight nine ten zero oh this these those again listed something anything nothing me us them',
);

/** After these a name follows whatever it is. */
export const NAME_VERBS = words("is it's its that's thats was : = ,");
