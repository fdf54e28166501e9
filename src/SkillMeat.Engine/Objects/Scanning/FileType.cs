namespace SkillMeat.Objects.Scanning;

/// <summary>The types of entries in a folder. The numbers are part of the stat cache.</summary>
internal enum FileType
{
    File = 0,
    Folder = 1,
    Link = 2,

    /// <summary>A device, pipe or socket. Opening it can block or have effects.</summary>
    Other = 3,
}
