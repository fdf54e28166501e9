using SkillMeat.Errors;
using SkillMeat.Updates;

namespace SkillMeat.Server.Artifacts;

/// <summary>Reads the side that conflicts are resolved with out of a body.</summary>
internal static class ResolutionSide
{
    /// <summary>Returns the side, or null for none.</summary>
    /// <exception cref="SkillMeatException">There is no such side.</exception>
    public static ConflictResolution? Read(string? text) => text is null ? null
        : ConflictResolution.IsSide(text) ? ConflictResolution.Parse(text, Path.GetTempPath())
        : throw new SkillMeatException(ErrorIds.InvalidArgument, "resolve_with takes 'upstream' or 'local'. To resolve files by hand, see the address 'conflict' of the artifact.");
}
