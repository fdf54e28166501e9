namespace SkillMeat.Objects.Scanning;

/// <summary>What kind of thing lies in a folder. The numbers are part of the stat cache.</summary>
internal enum FileType
{
    File = 0,
    Folder = 1,
    Link = 2,

    /// <summary>A device, pipe or socket. To open one can block, or do something.</summary>
    Other = 3,
}
