namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The object that an expression resolves to.</summary>
/// <param name="Id">40 hex digits.</param>
/// <param name="Type"><c>commit</c>, <c>tree</c>, <c>blob</c> or <c>tag</c>.</param>
/// <param name="Size">Bytes, uncompressed.</param>
internal sealed record GitObjectInfo(string Id, string Type, long Size);
