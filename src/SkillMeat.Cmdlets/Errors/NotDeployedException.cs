using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Errors;

/// <summary>No project has an artifact that was asked for. The collection has nothing to do with it.</summary>
/// <param name="message">The message.</param>
internal sealed class NotDeployedException(string message) : SkillMeatException(ErrorIds.ArtifactNotFound, message);
