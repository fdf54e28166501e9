namespace SkillMeat.Storage.Files;

/// <summary>The treatment of a link in place of a file.</summary>
internal enum LinkUse
{
    /// <summary>The target is opened: users keep their files elsewhere.</summary>
    Follow,

    /// <summary>It is an error. Only this program writes such a file, so a link in its place leads to a file that is not ours.</summary>
    Refuse,
}
