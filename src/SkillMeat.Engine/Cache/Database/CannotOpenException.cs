namespace SkillMeat.Cache.Database;

/// <summary>The file of a cache cannot be opened. The cause is the inner exception.</summary>
internal sealed class CannotOpenException(Exception cause) : Exception(cause.Message, cause);
