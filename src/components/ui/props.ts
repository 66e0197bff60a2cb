/** A Base UI part's props with `className` narrowed to a string, so that it can be merged with the kit's own classes. */
export type StyledProps<Props> = Omit<Props, "className"> & { className?: string | undefined };
