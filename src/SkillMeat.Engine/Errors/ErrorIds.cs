namespace SkillMeat.Errors;

/// <summary>The stable ids of the engine's errors. The meaning of an id never changes, so scripts can compare it.</summary>
public static class ErrorIds
{
    /// <summary>An argument is invalid: an unknown type or field, a bad name, a value out of range.</summary>
    public const string InvalidArgument = "InvalidArgument";

    /// <summary>The named folder is not a home.</summary>
    public const string HomeNotFound = "HomeNotFound";

    /// <summary>The home has no collection of this name.</summary>
    public const string CollectionNotFound = "CollectionNotFound";

    /// <summary>A collection of this name already exists.</summary>
    public const string CollectionExists = "CollectionExists";

    /// <summary>There is no such project: no folder, or none that is registered under this name.</summary>
    public const string ProjectNotFound = "ProjectNotFound";

    /// <summary>The home has no marketplace of this name.</summary>
    public const string MarketplaceNotFound = "MarketplaceNotFound";

    /// <summary>Another marketplace has this name.</summary>
    public const string MarketplaceExists = "MarketplaceExists";

    /// <summary>The collection has no matching artifact, or more than one.</summary>
    public const string ArtifactNotFound = "ArtifactNotFound";

    /// <summary>The collection has no group, MCP server or tag definition of this name.</summary>
    public const string EntryNotFound = "EntryNotFound";

    /// <summary>The collection already has a group, MCP server or tag definition of this name.</summary>
    public const string EntryExists = "EntryExists";

    /// <summary>The manifest is no longer as the caller saw it, so the edit was not made.</summary>
    public const string StaleEdit = "StaleEdit";

    /// <summary>The content is not a valid artifact: no manifest file, unreadable front matter, a bad name.</summary>
    public const string ArtifactInvalid = "ArtifactInvalid";

    /// <summary>The collection has no snapshot with this id.</summary>
    public const string SnapshotNotFound = "SnapshotNotFound";

    /// <summary>A snapshot is damaged: its bytes are not the ones that were stored.</summary>
    public const string SnapshotCorrupt = "SnapshotCorrupt";

    /// <summary>An archive is truncated, damaged or too large, or has a member that would be written outside its folder.</summary>
    public const string ArchiveRefused = "ArchiveRefused";

    /// <summary>A file is not valid TOML or not UTF-8.</summary>
    public const string InvalidToml = "InvalidToml";

    /// <summary>A file is valid TOML, but not valid SkillMeat data: a missing key, a wrong type, two artifacts with one id.</summary>
    public const string InvalidData = "InvalidData";

    /// <summary>Another process held the lock for longer than the caller was willing to wait.</summary>
    public const string LockTimeout = "LockTimeout";

    /// <summary>A file operation failed: disk full, no permission, read-only, file in use.</summary>
    public const string StorageFailed = "StorageFailed";

    /// <summary>A change was interrupted after its point of no return and could not be finished yet. The next open tries again.</summary>
    public const string RecoveryPending = "RecoveryPending";

    /// <summary>Other programs kept changing the collection while it was being read or written.</summary>
    public const string ConcurrentChange = "ConcurrentChange";

    /// <summary>An object of the store is damaged.</summary>
    public const string ObjectCorrupt = "ObjectCorrupt";

    /// <summary>The store lacks an object that something else refers to.</summary>
    public const string ObjectMissing = "ObjectMissing";

    /// <summary>Upstream could not be reached, or gave no valid answer after all retries.</summary>
    public const string UpstreamUnavailable = "UpstreamUnavailable";

    /// <summary>Upstream has no such repository, or it is not visible with this token.</summary>
    public const string UpstreamNotFound = "UpstreamNotFound";

    /// <summary>Upstream refused the token (401).</summary>
    public const string UpstreamUnauthorized = "UpstreamUnauthorized";

    /// <summary>Upstream refused access for a reason other than a rate limit (403), or refused the credential that git stores for it (401).</summary>
    public const string UpstreamForbidden = "UpstreamForbidden";

    /// <summary>A rate limit is exhausted and resets later than the caller is willing to wait: the primary limit of GitHub's API, or that of another host.</summary>
    public const string UpstreamRateLimited = "UpstreamRateLimited";

    /// <summary>GitHub's secondary rate limit was exceeded by too many requests in a short time, and ends later than the caller is willing to wait.</summary>
    public const string UpstreamSecondaryRateLimited = "UpstreamSecondaryRateLimited";

    /// <summary>The program that a server is part of is not there.</summary>
    public const string ProgramNotFound = "ProgramNotFound";

    /// <summary>The home has no running server with this process id.</summary>
    public const string ServerNotFound = "ServerNotFound";

    /// <summary>A server did not start or did not end: its program failed, or took too long.</summary>
    public const string ServerFailed = "ServerFailed";
}
