namespace SkillMeat.Storage.Archives;

/// <summary>The kinds of archive members. All others are refused.</summary>
internal enum ArchiveMemberKind
{
    File,
    Folder,

    /// <summary>A symbolic link. Its target is relative to its folder.</summary>
    Link,

    /// <summary>A hard link to an earlier file. Its target is the path of that member.</summary>
    HardLink,
}
