/** Whether a text says something else than it began with. One that nobody touched does not, whatever white space is around it. */
export const isEdited = (text: string, began: string): boolean => text !== began && text.trim() !== began;
