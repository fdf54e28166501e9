using System.Text;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Cache.Deployments;

/// <summary>The copies of a project in the form in which the database has them: a list of texts, and for each copy the numbers of its texts.</summary>
internal static class SiteCopies
{
    private const int Link = 1;
    private const int Behind = 2;

    /// <summary>Writes copies.</summary>
    public static byte[] Write(IReadOnlyList<SiteCopy> copies)
    {
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new MemoryStream();
        using var row = new BinaryWriter(rows, Encoding.UTF8);
        foreach (var copy in copies)
        {
            row.Write7BitEncodedInt(NumberOf(copy.Artifact.Type.Name));
            row.Write7BitEncodedInt(NumberOf(copy.Artifact.Name));
            row.Write7BitEncodedInt(NumberOf(copy.Profile));
            row.Write7BitEncodedInt(NumberOf(copy.Folder));
            row.Write7BitEncodedInt(NumberOf(copy.Leaf));
            row.Write7BitEncodedInt(NumberOf(copy.Collection));
            row.Write7BitEncodedInt(NumberOf(copy.Version));
            row.Write7BitEncodedInt(NumberOf(copy.CollectionVersion));
            row.Write7BitEncodedInt(NumberOf(copy.OriginalPath));
            row.Write((byte)copy.State);
            row.Write((byte)((copy.IsLink ? Link : 0) | (copy.IsBehind ? Behind : 0)));
            row.Write(copy.DeployedAt?.UtcTicks ?? -1);
            row.Write(copy.OriginalStamp);
            row.Write(copy.Content);
            row.Write(copy.CollectionContent);
        }

        row.Flush();
        var whole = new MemoryStream();
        using var target = new BinaryWriter(whole, Encoding.UTF8);
        target.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts.Keys) target.Write(text);
        target.Write7BitEncodedInt(copies.Count);
        target.Write(rows.GetBuffer(), 0, (int)rows.Length);
        target.Flush();
        return whole.ToArray();

        int NumberOf(string? text)
        {
            if (text is null) return 0;
            if (!texts.TryGetValue(text, out var number)) texts.Add(text, number = texts.Count + 1);
            return number;
        }
    }

    /// <summary>Reads copies.</summary>
    /// <exception cref="DamagedRowException">The bytes are not those of copies.</exception>
    public static IReadOnlyList<SiteCopy> Read(byte[] bytes)
    {
        try
        {
            using var source = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            var texts = new string?[source.Read7BitEncodedInt() + 1];
            for (var i = 1; i < texts.Length; i++) texts[i] = source.ReadString();
            var copies = new SiteCopy[source.Read7BitEncodedInt()];
            for (var i = 0; i < copies.Length; i++) copies[i] = ReadCopy(source, texts);
            return copies;
        }
        catch (Exception e) when (e is IOException or FormatException or IndexOutOfRangeException or OverflowException or ArgumentException or OutOfMemoryException)
        {
            throw new DamagedRowException();
        }
    }

    private static SiteCopy ReadCopy(BinaryReader source, string?[] texts)
    {
        string Text() => texts[source.Read7BitEncodedInt()] ?? throw new FormatException();
        string? OptionalText() => texts[source.Read7BitEncodedInt()];
        if (!ArtifactType.TryParse(Text(), out var type)) throw new FormatException();
        var artifact = new ArtifactId(type, Text());
        var (profile, folder, leaf, collection, version, collectionVersion, original) = (Text(), Text(), Text(), OptionalText(), OptionalText(), OptionalText(), OptionalText());
        var (state, flags, deployed) = ((DriftState)source.ReadByte(), source.ReadByte(), source.ReadInt64());
        return new SiteCopy
        {
            Artifact = artifact,
            Profile = profile,
            Folder = folder,
            Leaf = leaf,
            Collection = collection,
            Version = version,
            CollectionVersion = collectionVersion,
            OriginalPath = original,
            State = state,
            IsLink = (flags & Link) != 0,
            IsBehind = (flags & Behind) != 0,
            DeployedAt = deployed < 0 ? null : new DateTimeOffset(deployed, TimeSpan.Zero),
            OriginalStamp = source.ReadInt64(),
            Content = source.ReadInt64(),
            CollectionContent = source.ReadInt64(),
        };
    }
}
