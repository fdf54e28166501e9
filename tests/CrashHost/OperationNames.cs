namespace SkillMeat.Tests.CrashHost;

/// <summary>The operations that are interrupted at every step.</summary>
internal static class OperationNames
{
    public const string Add = "add";
    public const string Update = "update";
    public const string UpdateBoth = "update-both";
    public const string Remove = "remove";
    public const string Restore = "restore";
    public const string RestoreSome = "restore-some";
    public const string Snapshot = "snapshot";
    public const string Rename = "rename";
    public const string Delete = "delete";
    public const string Describe = "describe";
    public const string Move = "move";
    public const string Copy = "copy";
    public const string Edit = "edit";

    public static IReadOnlyList<string> All => [Add, Update, UpdateBoth, Remove, Restore, RestoreSome, Snapshot, Rename, Delete, Describe, Move, Copy, Edit];
}
