using System.Management.Automation;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Errors;

/// <summary>Converts errors of the engine to PowerShell's.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord Of(SkillMeatException error, object? target)
    {
        var record = new ErrorRecord(error, error.ErrorId, CategoryOf(error.ErrorId), target);
        var shown = VisibleText.Lines(CmdletHint.For(error) is { } hint ? $"{error.Message} {hint}" : error.Message);
        if (shown != error.Message) record.ErrorDetails = new ErrorDetails(shown);

        return record;
    }

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        ErrorIds.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorIds.HomeNotFound or ErrorIds.CollectionNotFound or ErrorIds.ArtifactNotFound or ErrorIds.SnapshotNotFound or ErrorIds.ProjectNotFound or ErrorIds.MarketplaceNotFound or
            ErrorIds.EntryNotFound or ErrorIds.ProgramNotFound or ErrorIds.ServerNotFound or ErrorIds.UpstreamNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.CollectionExists or ErrorIds.MarketplaceExists or ErrorIds.EntryExists => ErrorCategory.ResourceExists,
        ErrorIds.SnapshotCorrupt or ErrorIds.ArchiveRefused or ErrorIds.ObjectCorrupt or ErrorIds.InvalidData or ErrorIds.ArtifactInvalid => ErrorCategory.InvalidData,
        ErrorIds.InvalidToml => ErrorCategory.ParserError,
        ErrorIds.LockTimeout or ErrorIds.ConcurrentChange or ErrorIds.StaleEdit => ErrorCategory.ResourceBusy,
        ErrorIds.ObjectMissing => ErrorCategory.ResourceUnavailable,
        ErrorIds.StorageFailed => ErrorCategory.WriteError,
        ErrorIds.RecoveryPending => ErrorCategory.InvalidOperation,
        ErrorIds.ServerFailed => ErrorCategory.OpenError,
        ErrorIds.UpstreamUnavailable => ErrorCategory.ConnectionError,
        ErrorIds.UpstreamUnauthorized => ErrorCategory.AuthenticationError,
        ErrorIds.UpstreamForbidden => ErrorCategory.PermissionDenied,
        ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.NotSpecified,
    };
}
