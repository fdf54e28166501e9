using System.Text;
using System.Text.RegularExpressions;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Inserts artifacts of one manifest into another as they are written, with their comments.</summary>
internal static partial class InsertedArtifacts
{
    private const string ArtifactsKey = "artifacts";
    private const string NameKey = "name";
    private const string PathKey = "path";

    /// <summary>Returns the files of a collection with artifacts inserted after its last one, or null if they have to be copied value by value.</summary>
    /// <param name="files">The files of the collection, not edited yet.</param>
    /// <param name="path">The path of its manifest.</param>
    /// <param name="source">The files of the other collection, not edited yet.</param>
    /// <param name="artifacts">The artifacts, and the name and path that one gets instead, or null. The collection has none of them, and their paths are free.</param>
    public static CollectionFiles? TryInsert(CollectionFiles files, string path, CollectionFiles source, IReadOnlyList<(ArtifactId Id, ArtifactPath? Other)> artifacts)
    {
        if (source.ManifestParts is not { } parts || (files.ManifestParts is null && files.ArtifactCount > 0)) return null;
        try
        {
            var ids = artifacts.Select(one => one.Other?.Id ?? one.Id).ToList();
            var target = files.ArtifactCount == 0 ? WithoutEmptyList(files.ManifestBytes, path) : files.ManifestBytes;
            var bytes = Insert(target, files.ManifestParts, artifacts.Select(one => TextOf(source.ManifestBytes, parts.PlaceOf(one.Id), one.Other, path)));
            var manifest = Manifest.Parse(bytes, path);
            if (!manifest.Ids.SequenceEqual(files.Manifest.Ids.Concat(ids)) || !artifacts.All(one => IsSame(manifest, source.Manifest, one.Id, one.Other))) return null;
            manifest.NoteAdded(ids);
            return files.With(manifest);
        }
        catch (DataFileException)
        {
            // Such as one that has its artifacts in one line.
            return null;
        }
    }

    private static bool IsSame(Manifest manifest, Manifest source, ArtifactId id, ArtifactPath? other) =>
        other is null ? manifest.HasSame(source, id) : manifest.FindPath(other.Id) == other.Path && manifest.HasSame(source, other.Id, id, except: [NameKey, PathKey]);

    // Python SkillMeat writes it for a collection that has become empty, and no header can follow it. A comment behind it stays.
    private static byte[] WithoutEmptyList(byte[] target, string path)
    {
        var document = TomlDocument.Parse(target, path);
        if (document.Root.Find(ArtifactsKey) is null) return target;
        // One byte is one character, so that all others stay.
        var shorter = Encoding.Latin1.GetBytes(EmptyList().Replace(Encoding.Latin1.GetString(target), "", 1));
        document.Root.Remove(ArtifactsKey);
        return TomlData.AreSame(TomlValue.Of(TomlDocument.Parse(shorter, path).Root), TomlValue.Of(document.Root)) ? shorter : target;
    }

    private static byte[] TextOf(byte[] source, TextPart place, ArtifactPath? other, string path)
    {
        var text = source[StartOfComments(source, place.Start)..place.BodyEnd];
        if (other is null) return text;
        var document = TomlDocument.Parse(text, path);
        var table = document.Root.Array(ArtifactsKey)[0];
        table.Set(NameKey, TomlValue.Of(other.Id.Name));
        table.Set(PathKey, TomlValue.Of(other.Path));
        return document.ToBytes();
    }

    private static byte[] Insert(byte[] target, ManifestParts? parts, IEnumerable<byte[]> texts)
    {
        var end = parts is { Count: > 0 } ? parts.Places[^1].BodyEnd : target.Length;
        var inserted = new List<byte>(target[..end]);
        foreach (var text in texts)
        {
            if (inserted is [.., not (byte)'\n']) inserted.Add((byte)'\n');
            inserted.Add((byte)'\n');
            inserted.AddRange(text);
        }

        if (end < target.Length && inserted is [.., not (byte)'\n']) inserted.Add((byte)'\n');
        inserted.AddRange(target[end..]);
        return [.. inserted];
    }

    // Of the comments directly above, which a removal takes along.
    private static int StartOfComments(byte[] source, int start)
    {
        while (start > 0)
        {
            var line = source.AsSpan(0, start - 1).LastIndexOf((byte)'\n') + 1;
            if (source.AsSpan(line, start - line).TrimStart(" \t"u8) is not [(byte)'#', ..]) break;
            start = line;
        }

        return start;
    }

    [GeneratedRegex("^[ \\t]*artifacts[ \\t]*=[ \\t]*\\[\\s*\\][ \\t]*(\\r?\\n)?", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex EmptyList();
}
