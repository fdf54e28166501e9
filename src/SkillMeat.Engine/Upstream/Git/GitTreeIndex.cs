using System.Diagnostics.CodeAnalysis;

namespace SkillMeat.Upstream.Git;

/// <summary>The names of a large tree with their places, for thousands of lookups in it.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class GitTreeIndex
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _places = new(NameComparer.Instance);

    /// <summary>Indexes a tree.</summary>
    /// <param name="content">The tree object.</param>
    /// <exception cref="GitProtocolException">The bytes are not a tree.</exception>
    public GitTreeIndex(ReadOnlyMemory<byte> content)
    {
        _content = content;
        foreach (var (name, place) in GitTree.Names(content)) _places.TryAdd(name, place);
    }

    /// <summary>Finds an entry by its name; null if there is none.</summary>
    /// <exception cref="GitProtocolException">The name could lead out of its folder.</exception>
    public GitTreeEntry? Find(ReadOnlyMemory<byte> name) => _places.TryGetValue(name, out var place) ? GitTree.First(_content[place..]) : null;

    // Names need not be valid UTF-8, so they are compared as bytes. The hash is seeded for each process, so that a malicious tree cannot fill one bucket.
    private sealed class NameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static readonly NameComparer Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}
