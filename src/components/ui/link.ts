/** Classes of a link inside text. */
export const linkClasses = "rounded-sm font-medium text-primary-text underline-offset-4 hover:underline";
