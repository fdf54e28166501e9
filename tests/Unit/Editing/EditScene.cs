using System.Text;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Editing;

/// <summary>A home with the skills <c>a1</c> to <c>a4</c> whose manifest ends with a given text.</summary>
internal sealed class EditScene : IDisposable
{
    private readonly TestHome _home = TestHome.WithSkills(4);
    private readonly string _start;

    public EditScene(string text, string newLine = "\n")
    {
        _start = File.ReadAllText(_home.Manifest).ReplaceLineEndings(newLine);
        _home.Write(_home.Manifest, _start + text.ReplaceLineEndings(newLine));
        Store = CollectionStore.Open(_home.Home);
    }

    public TestHome Home => _home;

    public CollectionStore Store { get; }

    public Collection Collection => Store.Read();

    /// <summary>The text of the manifest behind the artifacts.</summary>
    public string Text
    {
        get
        {
            var text = File.ReadAllText(_home.Manifest);
            var at = text.IndexOf("# 4", StringComparison.Ordinal);
            return text[(text.IndexOf('\n', at) + 1)..];
        }
    }

    public string Whole => Encoding.UTF8.GetString(File.ReadAllBytes(_home.Manifest));

    public static ManifestEdit Group(EditAction action, string name, params string[] items) => new(ManifestList.Groups, action, name) { Items = items };

    public static Dictionary<string, string?> Values(string key, string? value) => new() { [key] = value };

    public Task<EditResult> EditAsync(params ManifestEdit[] edits) => new ManifestEditor(Store).EditAsync(new EditRequest { Edits = edits }, Xunit.TestContext.Current.CancellationToken);

    public void Dispose() => _home.Dispose();
}
