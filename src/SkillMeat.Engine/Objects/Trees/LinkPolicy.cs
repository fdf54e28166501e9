namespace SkillMeat.Objects.Trees;

/// <summary>Which symbolic links may be written.</summary>
internal enum LinkPolicy
{
    /// <summary>Those that lead to something within the folder that is written: content that came from somewhere else.</summary>
    WithinFolder,

    /// <summary>All, as they were: a folder of the user's own, put back to where it was scanned. Nothing is ever written through them.</summary>
    AsScanned,
}
