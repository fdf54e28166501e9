using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Makes malicious tarballs.</summary>
internal static class Tarball
{
    public const string Root = "skills-abc";

    public static byte[] Make(params TarEntry[] entries)
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, leaveOpen: true))
        {
            foreach (var entry in entries) tar.WriteEntry(entry);
        }

        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(plain.GetBuffer().AsSpan(0, (int)plain.Length));
        return zipped.ToArray();
    }

    public static TarEntry File(string path, string text) => Bytes($"{Root}/{path}", Encoding.UTF8.GetBytes(text));

    public static TarEntry Bytes(string fullPath, byte[] content) => new PaxTarEntry(TarEntryType.RegularFile, fullPath) { DataStream = new MemoryStream(content) };

    public static TarEntry Link(string path, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, $"{Root}/{path}") { LinkName = target };

    public static TarEntry SecondName(string path, string target) => new PaxTarEntry(TarEntryType.HardLink, $"{Root}/{path}") { LinkName = $"{Root}/{target}" };

    public static TarEntry Of(TarEntryType type, string path) => new PaxTarEntry(type, $"{Root}/{path}");

    public static TarEntry Commit(string id) => new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = id });
}
