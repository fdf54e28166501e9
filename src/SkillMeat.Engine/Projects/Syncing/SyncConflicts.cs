using SkillMeat.Merging;

namespace SkillMeat.Projects.Syncing;

/// <summary>Describes conflicts with the names of the two sides of a sync.</summary>
internal static class SyncConflicts
{
    public static FileConflict Describe(FileConflict conflict) => conflict with
    {
        Reason = conflict.Kind switch
        {
            ConflictKind.DeleteModify when conflict.LocalPath is null => "It was deleted in the project, and changed or renamed in the collection.",
            ConflictKind.DeleteModify => "It was deleted in the collection, and changed or renamed in the project.",
            ConflictKind.RenameRename => $"'{conflict.BasePath}' was renamed to '{conflict.LocalPath}' in the project and to '{conflict.UpstreamPath}' in the collection.",
            ConflictKind.Mode => "It is a link or executable on one side only.",
            ConflictKind.FileFolder => "The name is a file on one side and a folder on the other.",
            ConflictKind.CaseCollision => "A name in the project and one in the collection differ only in case.",
            ConflictKind.UnknownBase => "It differs from the collection's, and the content that both came from is not known.",
            ConflictKind.AddAdd => "Both sides added a file of that name, and the files differ.",
            _ => conflict.Reason,
        },
    };

    /// <summary>Describes conflicts in one line.</summary>
    public static string Describe(IEnumerable<FileConflict> conflicts) => string.Join(" ", conflicts.Select(conflict => $"{conflict.Path}: {conflict.Reason}"));
}
