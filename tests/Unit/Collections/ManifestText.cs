using System.Text;
using SkillMeat.Collections;

namespace SkillMeat.Tests.Collections;

/// <summary>Converts manifests from and to strings.</summary>
internal static class ManifestText
{
    public static readonly DateTimeOffset Now = new(2027, 1, 2, 3, 4, 5, 600, TimeSpan.Zero);

    public const string Header = "[collection]\nname = \"default\"\nupdated = \"2027-01-02T03:04:05.600000\"\n";

    public static Manifest Parse(string text) => Manifest.Parse(Encoding.UTF8.GetBytes(text), "collection.toml");

    public static string Text(this Manifest manifest) => Encoding.UTF8.GetString(manifest.ToBytes());

    public static LockFile ParseLock(string? text) => LockFile.Parse(text is null ? null : Encoding.UTF8.GetBytes(text), "collection.lock");

    public static string Text(this LockFile lockFile) => Encoding.UTF8.GetString(lockFile.ToBytes());

    public static ArtifactId Id(string text) => ArtifactId.Parse(text);

    public static NewArtifact Local(string id, string path) => new() { Id = Id(id), Path = path, Origin = ArtifactOrigin.Local };
}
