namespace SkillMeat.Upstream.Git;

/// <summary>The mode of a tree entry. Old repositories contain other values as well, such as octal 100664.</summary>
internal enum GitFileMode
{
    /// <summary>A folder, octal 40000.</summary>
    Folder = 0x4000,

    /// <summary>A file, octal 100644.</summary>
    File = 0x81A4,

    /// <summary>An executable file, octal 100755.</summary>
    Executable = 0x81ED,

    /// <summary>A symbolic link, whose blob is its target, octal 120000.</summary>
    Link = 0xA000,

    /// <summary>A submodule, whose id is a commit of another repository, octal 160000.</summary>
    Submodule = 0xE000,
}
