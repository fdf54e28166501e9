using System.Security.Cryptography;
using System.Text;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Computes the hash that <c>npx skills</c> records of a skill in a project: SHA-256 over the path and bytes of each file, in the order of JavaScript.</summary>
internal static class NpxFolderHash
{
    /// <summary>Returns the hash in lower-case hex, or null if the order of the files is not known.</summary>
    /// <param name="objects">The store of the content.</param>
    /// <param name="content">The stored folder.</param>
    public static string? Of(ObjectStore objects, TreeEntry content)
    {
        var files = ContentFiles.Of(objects, content).Files.Where(Covers).ToList();
        if (!files.TrueForAll(file => JavaScriptOrder.Knows(file.Key))) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, file) in files.OrderBy(file => file.Key, new JavaScriptOrder()))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            using var stream = objects.OpenBlob(file.Id);
            for (var piece = stream.ReadPiece(); !piece.IsEmpty; piece = stream.ReadPiece()) hash.AppendData(piece.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>Whether every file counts in the hash. Of others it tells nothing.</summary>
    /// <param name="objects">The store of the content.</param>
    /// <param name="content">The stored folder.</param>
    public static bool CoversAll(ObjectStore objects, TreeEntry content) => ContentFiles.Of(objects, content).Files.All(Covers);

    private static bool Covers(KeyValuePair<string, TreeEntry> file) => !file.Value.IsLink && !file.Key.Split('/').Any(part => part is ".git" or "node_modules");
}
