using System.Text;
using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Tests.CrashHost;

/// <summary>
/// The data of an operation: a home with two collections, and the folder that their artifacts come from, which has changed since. There are local edits, odd names and permissions,
/// an empty folder, a link, CRLF, and a file that is stored in pieces.
/// </summary>
/// <param name="place">The folder for both.</param>
internal sealed class OperationPlace(string place)
{
    public const string Message = "to go back to";

    private const UnixFileMode ReadOnlyFolder = (UnixFileMode)0x16d;

    public string Home { get; } = Path.Combine(place, "home");

    public string Upstream { get; } = Path.Combine(place, "upstream");

    private string Collection => Path.Combine(Home, "collections", "default");

    public async Task PrepareAsync(string operation, CancellationToken cancellationToken)
    {
        MakeUpstream();
        var store = await CollectionStore.InitializeAsync(Home, TimeSpan.FromSeconds(60), new FixedTime(), cancellationToken: cancellationToken).ConfigureAwait(false);
        await store.CreateAsync(OperationScenario.Other, TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
        var scenario = new OperationScenario(Home, Upstream, faults: null);
        await scenario.AddAsync(store, null, ["skills/pdf", "skills/edited", "commands/review.md"], cancellationToken).ConfigureAwait(false);
        await scenario.AddAsync(store, OperationScenario.Other, ["skills/pdf", "agents/helper.md"], cancellationToken).ConfigureAwait(false);
        EditLocally();
        ChangeUpstream();
        if (operation == OperationNames.Rename)
        {
            // Snapshots of all kinds, one of them exported for Python SkillMeat.
            var taken = await new CollectionSnapshots(store).TakeAsync(null, Message, TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
            await new CollectionSnapshots(store).ExportAsync(null, taken.SnapshotId, null, overwrite: false, TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
        }

        if (operation is not (OperationNames.Restore or OperationNames.RestoreSome)) return;
        await new CollectionSnapshots(store).TakeAsync(null, Message, TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
        Ruin();
    }

    private static string Skill(string name, params string[] lines) => $"---\nname: {name}\ndescription: About {name}\n---\n\n{string.Join('\n', lines)}\n";

    private void MakeUpstream()
    {
        Write(Upstream, "skills/pdf/SKILL.md", Skill("pdf", "first"));
        Write(Upstream, "skills/pdf/gone.md", "gone");
        Write(Upstream, "skills/pdf/empty", "");
        Write(Upstream, "skills/pdf/references/with spaces, ünïcödé.md", "one\r\ntwo\r\n");
        Write(Upstream, "skills/pdf/large.txt", Text(1));
        Write(Upstream, "skills/pdf/run.sh", "#!/bin/sh\n");
        SetMode(Path.Combine(Upstream, "skills/pdf/run.sh"), (UnixFileMode)0x1ed);
        Write(Upstream, "skills/edited/SKILL.md", Skill("edited", "one", "two", "three", "four", "five", "six"));
        Write(Upstream, "commands/review.md", "review\n");
        Write(Upstream, "agents/helper.md", "---\nname: helper\ndescription: Helps\n---\n");
        Write(Upstream, "skills/new one/SKILL.md", Skill("new one", "new"));
        Write(Upstream, "skills/new one/large.txt", Text(2));
        Write(Upstream, "skills/new one/deep/down/a.md", "a");
        Write(Upstream, "commands/fresh.md", "fresh\n");
    }

    private void EditLocally()
    {
        Write(Collection, "skills/edited/SKILL.md", Skill("edited", "ONE", "two", "three", "four", "five", "six"));
        Write(Collection, "skills/edited/.env", "TOKEN=mine");
        SetMode(Path.Combine(Collection, "skills/edited/.env"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write(Collection, "skills/pdf/notes/mine.md", "mine\r\nno newline at the end");
        Directory.CreateDirectory(Path.Combine(Collection, "skills/pdf/nothing in it"));
        Write(Collection, "skills/own/fixed/readme.md", "own");
        SetMode(Path.Combine(Collection, "skills/own/fixed"), ReadOnlyFolder);
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(Path.Combine(Collection, "skills/pdf/link.md"), "SKILL.md");
    }

    private void ChangeUpstream()
    {
        Write(Upstream, "skills/pdf/SKILL.md", Skill("pdf", "second"));
        File.Delete(Path.Combine(Upstream, "skills/pdf/gone.md"));
        Write(Upstream, "skills/pdf/large.txt", Text(3));
        Write(Upstream, "skills/pdf/more/new.md", "new");
        Write(Upstream, "skills/edited/SKILL.md", Skill("edited", "one", "two", "three", "four", "five", "SIX"));
        Write(Upstream, "commands/review.md", "review again\n");
        Write(Upstream, "agents/helper.md", "---\nname: helper\ndescription: Helps more\n---\n");
    }

    private void Ruin()
    {
        Write(Collection, "skills/pdf/SKILL.md", "ruined");
        File.Delete(Path.Combine(Collection, "skills/pdf/run.sh"));
        Write(Collection, "skills/pdf/new/deep/file", "new");
        Directory.Delete(Path.Combine(Collection, "skills/pdf/nothing in it"));
        Write(Collection, "skills/pdf/nothing in it", "now a file");
        File.Delete(Path.Combine(Collection, "commands/review.md"));
        Directory.Delete(Path.Combine(Collection, "skills/edited"), recursive: true);
        Write(Collection, "agents/stray.md", "stray");
        File.AppendAllText(Path.Combine(Collection, "collection.toml"), "\n# odd\n");
    }

    private static string Text(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < 90_000) text.Append(random.Next()).Append('\n');
        return text.ToString();
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
