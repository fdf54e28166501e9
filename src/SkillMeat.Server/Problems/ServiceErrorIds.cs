namespace SkillMeat.Server.Problems;

/// <summary>The stable ids of errors that only the service has.</summary>
internal static class ServiceErrorIds
{
    public const string BodyTooLarge = "BodyTooLarge";

    public const string Conflict = "Conflict";

    public const string FileNotFound = "FileNotFound";

    public const string Forbidden = "Forbidden";

    public const string JobNotFound = "JobNotFound";

    public const string MethodNotAllowed = "MethodNotAllowed";

    public const string NotFound = "NotFound";

    public const string RequestTimeout = "RequestTimeout";

    public const string Stopping = "Stopping";

    public const string TooManyJobs = "TooManyJobs";

    public const string Unauthorized = "Unauthorized";

    public const string UnsupportedMediaType = "UnsupportedMediaType";

    public const string WrongHost = "WrongHost";
}
