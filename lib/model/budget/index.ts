export { budgetFindings } from '../rules/budget';
export { jsonOf } from './json';
export { budgetReport } from './report';
export { tableOf } from './table';
