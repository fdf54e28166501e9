namespace SkillMeat.Merging;

/// <summary>The reason why a person has to choose.</summary>
public enum ConflictKind
{
    /// <summary>Both sides changed the same lines of a text, or the target of a link.</summary>
    Content,

    /// <summary>Both sides added a file of that name, and the files differ.</summary>
    AddAdd,

    /// <summary>One side deleted a file that the other changed or renamed.</summary>
    DeleteModify,

    /// <summary>Both sides changed a file that cannot be merged by line: it is not text, or too large.</summary>
    Binary,

    /// <summary>One side has a link where the other has a file, or a new file is executable on one side only.</summary>
    Mode,

    /// <summary>Both sides renamed a file, to different names.</summary>
    RenameRename,

    /// <summary>A name is a file on one side and a folder on the other.</summary>
    FileFolder,

    /// <summary>Two names, one from each side, differ only in case; many file systems cannot hold both.</summary>
    CaseCollision,

    /// <summary>The two sides differ, and their base is not known.</summary>
    UnknownBase,
}
