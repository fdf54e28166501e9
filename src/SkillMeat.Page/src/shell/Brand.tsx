export function Brand() {
  return (
    <span className="flex items-center gap-2.5">
      <img src="/icon.svg" alt="" width={28} height={28} className="size-7" />
      <span className="text-lg font-semibold tracking-tight">SkillMeat</span>
    </span>
  );
}
