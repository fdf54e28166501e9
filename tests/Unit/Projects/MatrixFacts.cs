using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Tests.Projects;

/// <summary>The table of the matrix: the outcome of a comparison and of each sync, written down apart from the engine.</summary>
/// <param name="Collection">The collection: <c>same</c>, <c>top</c>, <c>gone</c>, or <c>emptied</c> if only its files are gone.</param>
/// <param name="Project">The project: <c>same</c>, <c>bottom</c>, <c>other top</c>, <c>top</c>, <c>gone</c> or <c>replaced</c>.</param>
/// <param name="IsLink">Whether the copy is a link to the collection.</param>
internal sealed record MatrixFacts(string Collection, string Project, bool IsLink)
{
    private static readonly MatrixText _base = new("TOP-base", "BOTTOM-base", false, false);

    public DriftState State => (Collection, Project) switch
    {
        (_, "gone") => DriftState.Removed,
        ("gone" or "emptied", _) => DriftState.Orphaned,
        _ when IsLink => DriftState.InSync,
        ("same", "same") => DriftState.InSync,
        ("same", _) => DriftState.Modified,
        ("top", "same") => DriftState.Outdated,
        ("top", "top") => DriftState.Converged,
        _ => DriftState.Conflict,
    };

    public string Origin => State switch
    {
        DriftState.InSync => "deployment",
        DriftState.Outdated or DriftState.Orphaned => "sync",
        _ => "local_modification",
    };

    public string Recommendation => State switch
    {
        DriftState.InSync => "none",
        DriftState.Modified => "push_to_collection",
        DriftState.Outdated => "update_project",
        DriftState.Conflict => "merge",
        DriftState.Converged => "record_as_synced",
        DriftState.Removed => "deploy_again",
        _ when IsLink && Project == "same" => "remove_from_project",
        _ => Project == "same" && Collection == "gone" ? "adopt_or_remove" : "add_to_collection",
    };

    public bool ChangesFiles => State is DriftState.Modified or DriftState.Outdated or DriftState.Conflict;

    private MatrixText? InCollection => Collection switch
    {
        "gone" or "emptied" => null,
        // Through the link.
        _ when IsLink && Project == "bottom" => Collection == "top" ? new("TOP-c", "BOTTOM-p", true, true) : _base with { Bottom = "BOTTOM-p", HasNewOfProject = true },
        "top" => _base with { Top = "TOP-c", HasNewOfCollection = true },
        _ => _base,
    };

    private MatrixText? InProject => Project switch
    {
        "gone" => null,
        _ when IsLink => InCollection,
        "bottom" or "replaced" => _base with { Bottom = "BOTTOM-p", HasNewOfProject = true },
        "other top" => _base with { Top = "TOP-p", HasNewOfProject = true },
        "top" => _base with { Top = "TOP-c", HasNewOfCollection = true },
        _ => _base,
    };

    public MatrixOutcome Sync(MatrixWay way)
    {
        var (pushes, pulls) = (way is MatrixWay.Push or MatrixWay.Both, way is MatrixWay.Pull or MatrixWay.Both);
        if (IsLink) return Left(SyncStatus.Skipped);
        switch (Collection, Project)
        {
            case ("emptied", not "gone") when way == MatrixWay.OverwritePush:
                return Both(SyncStatus.Pushed, InProject!);
            case ("gone" or "emptied", _):
                return Left(SyncStatus.Skipped);
            case (_, "gone") when way is MatrixWay.Pull or MatrixWay.OverwritePull:
                return Both(SyncStatus.Pulled, InCollection!);
            case ("top", "gone") when way != MatrixWay.OverwritePush:
                return Left(SyncStatus.Conflict);
            case (_, "gone"):
                return Left(SyncStatus.Skipped);
            case ("same", "same"):
                return Left(SyncStatus.Unchanged);
            case ("top", "top"):
                return Both(SyncStatus.Unchanged, InProject!);
            case (_, _) when way == MatrixWay.OverwritePush:
                return Both(SyncStatus.Pushed, InProject!);
            case (_, _) when way == MatrixWay.OverwritePull:
                return Both(SyncStatus.Pulled, InCollection!);
            case ("same", _):
                return pushes ? Both(SyncStatus.Pushed, InProject!) : Left(SyncStatus.Skipped);
            case ("top", "same"):
                return pulls ? Both(SyncStatus.Pulled, InCollection!) : Left(SyncStatus.Skipped);
            case ("top", "other top"):
                return Left(SyncStatus.Conflict);
            default:
                return Both(SyncStatus.Merged, new("TOP-c", "BOTTOM-p", true, true));
        }
    }

    private MatrixOutcome Left(SyncStatus status) => new(status, InCollection, InProject, State, Changes: false);

    private static MatrixOutcome Both(SyncStatus status, MatrixText text) => new(status, text, text, DriftState.InSync, Changes: true);
}
