namespace SkillMeat.Merging;

/// <summary>Why a person has to choose.</summary>
public enum ConflictKind
{
    /// <summary>Both sides changed the same lines of a text, or where a link points.</summary>
    Content,

    /// <summary>Both sides have a new file of that name, and they differ.</summary>
    AddAdd,

    /// <summary>One side deleted what the other changed or renamed.</summary>
    DeleteModify,

    /// <summary>Both sides changed a file that can't be merged by line: it is not text, or too large.</summary>
    Binary,

    /// <summary>One side has a link where the other has a file, or a new file is executable on one side only.</summary>
    Mode,

    /// <summary>Both sides renamed a file, and not to the same name.</summary>
    RenameRename,

    /// <summary>A name is a file on one side and a folder on the other.</summary>
    FileFolder,

    /// <summary>Two names of which each side brought one differ only in case; many file systems can't hold both.</summary>
    CaseCollision,

    /// <summary>The two sides differ, and what they came from is not known.</summary>
    UnknownBase,
}
