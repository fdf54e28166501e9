using System.Globalization;
using System.Text;
using SkillMeat.Storage.Files;

namespace SkillMeat.Tests.Support;

/// <summary>A home for one test, beside the folder that its artifacts come from; deleted afterwards.</summary>
public sealed class TestHome : IDisposable
{
    private TestHome()
    {
        Place = Directory.CreateTempSubdirectory("skm-home-").FullName;
    }

    /// <summary>The temporary folder with home and upstream.</summary>
    public string Place { get; }

    public string Home => Path.Combine(Place, "home");

    public string Manifest => At("collections", "default", "collection.toml");

    public string LockFile => At("collections", "default", "collection.lock");

    public string Config => At("config.toml");

    public string Snapshots => At("snapshots", "default");

    /// <summary>Makes the folder without a home.</summary>
    public static TestHome None() => new();

    /// <summary>Copies the sample of the checkout: four artifacts, one changed upstream, one moved.</summary>
    public static TestHome Sample()
    {
        var home = new TestHome();
        CopyFolder(Path.Combine(Checkout.Folder, "samples", "home"), home.Home);
        CopyFolder(Path.Combine(Checkout.Folder, "samples", "upstream"), Path.Combine(home.Place, "upstream"));
        return home;
    }

    /// <summary>Makes a collection of skills <c>a1</c>, <c>a2</c>… each of which has a new description upstream.</summary>
    public static TestHome WithSkills(int count)
    {
        var home = new TestHome();
        var manifest = new StringBuilder("[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n");
        var pinned = new StringBuilder("[lock]\nversion = \"1.0.0\"\n");
        for (var i = 1; i <= count; i++)
        {
            var skill = $"skills/a{i}";
            home.WriteUpstream($"{skill}/SKILL.md", $"---\nname: a{i}\ndescription: New text of a{i}\n---\n");
            home.Write(home.At("collections", "default", "skills", $"a{i}", "SKILL.md"), $"---\nname: a{i}\ndescription: Old text\n---\n");
            var hash = ContentHash.Of(home.At("collections", "default", "skills", $"a{i}"));
            manifest.Append(CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"a{i}\"\ntype = \"skill\"\npath = \"{skill}\"\norigin = \"local\"\n")
                .Append(CultureInfo.InvariantCulture, $"added = \"2026-01-01T00:00:00\"\nupstream = \"../../../upstream/{skill}\"\n\n[artifacts.metadata]\ndescription = \"Old text\" # {i}\n");
            pinned.Append(CultureInfo.InvariantCulture, $"\n[lock.entries.\"a{i}::skill\"]\ncontent_hash = \"{hash}\"\nfetched = \"2026-01-01T00:00:00\"\n");
        }

        home.Write(home.Manifest, manifest.ToString());
        home.Write(home.LockFile, pinned.ToString());
        home.Write(home.Config, "[settings]\ndefault-collection = \"default\"\n");
        return home;
    }

    /// <summary>Makes a copy of the home with the same files.</summary>
    public TestHome Copy()
    {
        var copy = new TestHome();
        CopyFolder(Place, copy.Place);
        return copy;
    }

    public string At(params string[] parts) => Path.Combine([Home, .. parts]);

    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file and creates its parent folders; a relative path is in the temporary folder.</summary>
    public void Write(string path, byte[] bytes)
    {
        var file = Path.Combine(Place, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public void WriteUpstream(string path, string text) => Write(Path.Combine("upstream", path), text);

    /// <summary>Runs <c>skm</c> on this home.</summary>
    public Task<SkmRun> RunAsync(params string[] arguments) => SkmRun.StartAsync([.. arguments, "--home", Home]);

    public Task<SkmRun> RunAsync(SkmSurroundings around, params string[] arguments) => SkmRun.StartAsync([.. arguments, "--home", Home], around);

    /// <summary>Returns every file and folder with its bytes, permissions and times.</summary>
    /// <param name="except">Folders of the home to leave out.</param>
    public string Tree(params string[] except) => FileTree.Describe(Place, except.Select(e => $"home/{e}").ToList());

    public void Dispose() => Directory.Delete(Place, recursive: true);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
