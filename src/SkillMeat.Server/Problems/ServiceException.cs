using SkillMeat.Errors;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Problems;

/// <summary>An error of a request that is not one of the engine's.</summary>
internal sealed class ServiceException(int status, string code, string message) : SkillMeatException(code, message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>The files in conflict.</summary>
    public IReadOnlyList<FileConflictJson>? Conflicts { get; init; }
}
