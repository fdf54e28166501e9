import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useToast } from './useToast';

interface FormMutation<T> {
  send: () => Promise<T>;
  /** The title of the message that tells a failure after the form was closed. */
  failed: string;
  onSuccess: (result: T) => unknown;
  onError?: (error: Error) => void;
  onSettled?: () => unknown;
}

/** Sends a form. The form shows a failure beside its fields; where it was closed meanwhile, a message does. */
export function useFormMutation<T>({ send, failed, onSuccess, onError, onSettled }: FormMutation<T>) {
  const isOpen = useRef(false);
  const { fail } = useToast();
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  return useMutation({
    mutationFn: send,
    onSuccess,
    onError: (error) => {
      onError?.(error);
      if (!isOpen.current) fail(error, failed);
    },
    ...(onSettled ? { onSettled } : {}),
  });
}
