namespace SkillMeat.Objects.Trees;

/// <summary>Determines which symbolic links may be written.</summary>
internal enum LinkPolicy
{
    /// <summary>Only links to targets within the written folder, for content from elsewhere.</summary>
    WithinFolder,

    /// <summary>All links, for restoring a folder of the user to where it was scanned. Nothing is ever written through them.</summary>
    AsScanned,
}
