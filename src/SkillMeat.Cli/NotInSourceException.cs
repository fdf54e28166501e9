using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>A source does not contain an artifact that was asked for. The collection has nothing to do with it.</summary>
/// <param name="error">The error of the engine.</param>
internal sealed class NotInSourceException(SkillMeatException error) : SkillMeatException(error.ErrorId, error.Message, error);
