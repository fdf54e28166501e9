namespace SkillMeat.Storage.Archives;

/// <summary>What a member of an archive is. Nothing else is let through.</summary>
internal enum ArchiveMemberKind
{
    File,
    Folder,

    /// <summary>A symbolic link; its target is relative to the folder that it is in.</summary>
    Link,

    /// <summary>A second name of a file that came before; its target is that member's path.</summary>
    SecondName,
}
