namespace SkillMeat.Storage.Archives;

/// <summary>An archive must not be unpacked for what it holds: whole as it may be, another copy of it would be no better.</summary>
internal sealed class UnsafeArchiveException(string message) : Exception(message);
