using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>The files of an artifact on each side of a merge, by their paths in the artifact. An artifact of one file has one path, the same on each side.</summary>
/// <param name="Base">The files that were fetched before somebody edited them; null if that is not known.</param>
/// <param name="Local">The files as they are now, among them notes and credentials that were never fetched.</param>
/// <param name="Upstream">The files that upstream has now.</param>
/// <param name="Read">Reads the content of a file. A merge reads only contents that it has to compare line by line.</param>
internal sealed record MergeInput(
    IReadOnlyDictionary<string, TreeEntry>? Base, IReadOnlyDictionary<string, TreeEntry> Local, IReadOnlyDictionary<string, TreeEntry> Upstream, Func<ObjectId, byte[]> Read);
