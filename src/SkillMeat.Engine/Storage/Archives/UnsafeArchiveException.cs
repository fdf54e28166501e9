namespace SkillMeat.Storage.Archives;

/// <summary>An archive must not be unpacked because of its contents. It is not damaged, so another copy of it would be no better.</summary>
internal sealed class UnsafeArchiveException(string message) : Exception(message);
