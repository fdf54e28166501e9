namespace SkillMeat.Merging;

/// <summary>What a path of an artifact is.</summary>
internal enum FileKind
{
    File,

    /// <summary>A file that its owner may run. Where the system doesn't know of such, the caller says of it what the original says.</summary>
    Executable,

    /// <summary>A symbolic link: only where it points counts, and it is never followed.</summary>
    Link,
}
