using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Errors;

/// <summary>A source does not contain an artifact that was asked for. The collection has nothing to do with it.</summary>
/// <param name="message">The message.</param>
internal sealed class NotInSourceException(string message) : SkillMeatException(ErrorIds.ArtifactNotFound, message);
