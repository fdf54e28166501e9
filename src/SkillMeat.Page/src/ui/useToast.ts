import { createContext, use } from 'react';

export interface Toast {
  tone?: 'ok' | 'info' | 'bad';
  title: string;
  text?: string | undefined;
  action?: { text: string; onAct: () => void } | undefined;
}

export interface ToastControl {
  show: (toast: Toast) => void;
  fail: (error: unknown, title?: string) => void;
}

export const ToastContext = createContext<ToastControl>({ show: () => undefined, fail: () => undefined });

export const useToast = (): ToastControl => use(ToastContext);
