using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Inserts artifacts of one manifest into another as they are written, with their comments.</summary>
internal static class InsertedArtifacts
{
    /// <summary>Returns the files of a collection with artifacts inserted after its last one, or null if they have to be copied value by value.</summary>
    /// <param name="files">The files of the collection, not edited yet.</param>
    /// <param name="path">The path of its manifest.</param>
    /// <param name="source">The files of the other collection, not edited yet.</param>
    /// <param name="ids">The artifacts, none of which the collection has.</param>
    public static CollectionFiles? TryInsert(CollectionFiles files, string path, CollectionFiles source, IReadOnlyList<ArtifactId> ids)
    {
        if (source.ManifestParts is not { } parts || (files.ManifestParts is null && files.ArtifactCount > 0)) return null;
        try
        {
            var bytes = Insert(files.ManifestBytes, files.ManifestParts, source.ManifestBytes, ids.Select(parts.PlaceOf));
            var manifest = Manifest.Parse(bytes, path);
            if (!manifest.Ids.SequenceEqual(files.Manifest.Ids.Concat(ids)) || !ids.All(id => manifest.HasSame(source.Manifest, id))) return null;
            manifest.NoteAdded(ids);
            return files.With(manifest);
        }
        catch (DataFileException)
        {
            // Such as one that has an empty list of artifacts.
            return null;
        }
    }

    private static byte[] Insert(byte[] target, ManifestParts? parts, byte[] source, IEnumerable<TextPart> places)
    {
        var end = parts is { Count: > 0 } ? parts.Places[^1].BodyEnd : target.Length;
        var inserted = new List<byte>(target[..end]);
        foreach (var place in places)
        {
            if (inserted is [.., not (byte)'\n']) inserted.Add((byte)'\n');
            inserted.Add((byte)'\n');
            inserted.AddRange(source[StartOfComments(source, place.Start)..place.BodyEnd]);
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
}
