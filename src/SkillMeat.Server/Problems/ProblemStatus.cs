using SkillMeat.Errors;

namespace SkillMeat.Server.Problems;

/// <summary>The HTTP status and the title of each error id of the engine.</summary>
internal static class ProblemStatus
{
    public static (int Status, string Title) Of(string errorId) => errorId switch
    {
        ErrorIds.InvalidArgument or ErrorIds.ArtifactInvalid => (400, "Invalid argument"),
        ErrorIds.HomeNotFound or ErrorIds.CollectionNotFound or ErrorIds.ProjectNotFound or ErrorIds.MarketplaceNotFound or ErrorIds.ArtifactNotFound or ErrorIds.EntryNotFound or ErrorIds.SnapshotNotFound
            or ErrorIds.UpstreamNotFound => (404, "Not found"),
        ErrorIds.CollectionExists or ErrorIds.EntryExists or ErrorIds.MarketplaceExists => (409, "It exists already"),
        ErrorIds.StaleEdit => (412, "Changed meanwhile"),
        ErrorIds.ConcurrentChange => (409, "Changed by another program"),
        ErrorIds.InvalidToml or ErrorIds.InvalidData or ErrorIds.SnapshotCorrupt or ErrorIds.ArchiveRefused or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => (409, "The data on disk cannot be used"),
        ErrorIds.LockTimeout => (423, "Locked by another process"),
        ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited => (429, "Rate limit of upstream"),
        ErrorIds.UpstreamUnauthorized or ErrorIds.UpstreamForbidden => (502, "Upstream refuses"),
        ErrorIds.UpstreamUnavailable => (503, "Upstream does not answer"),
        ErrorIds.StorageFailed or ErrorIds.RecoveryPending => (503, "The disk cannot be read or written"),
        // Ids of the kind that a later version of the engine may add.
        _ when errorId.EndsWith("NotFound", StringComparison.Ordinal) => (404, "Not found"),
        _ when errorId.EndsWith("Exists", StringComparison.Ordinal) => (409, "It exists already"),
        _ => (409, "It cannot be done"),
    };

    public static string TitleOf(int status) => status switch
    {
        400 => "Invalid request",
        401 => "Not signed in",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        408 => "The request was too slow",
        409 => "Conflict",
        412 => "Changed meanwhile",
        413 => "The body is too large",
        415 => "Unsupported media type",
        423 => "Locked by another change",
        421 => "Misdirected request",
        503 => "Not now",
        _ => "The service failed",
    };
}
