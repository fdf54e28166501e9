using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Artifacts;
using Spectre.Console;

namespace SkillMeat.Cli;

/// <summary>Chooses the artifacts to add from those that repositories and folders contain.</summary>
internal sealed class AddSelection(CommandRun run, ArtifactBrowser browser)
{
    private const int LinesOfPrompt = 15;

    /// <summary>The patterns of the names to add. Empty for all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The types to add. Empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Returns all artifacts of the sources that match.</summary>
    /// <exception cref="SkillMeatException">A source cannot be listed, or nothing in it matches.</exception>
    public async Task<IReadOnlyList<ArtifactAddition>> FindAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        using var progress = run.ShowProgress("Listing…");
        try
        {
            return await browser.SelectAsync(RequestOf(sources), [.. Include.Select(NamePattern.Simple)], cancellationToken);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactNotFound)
        {
            throw new NotInSourceException(e);
        }
    }

    /// <summary>
    /// Returns the artifacts of repositories or folders that the user chooses. One that is an artifact as a whole needs no choice, nor does a skill that is named as <c>owner/repo@name</c>. All are listed in one batch.
    /// </summary>
    /// <exception cref="SkillMeatException">The source cannot be listed, or there is a choice and nobody to ask.</exception>
    /// <param name="sources">The repositories or folders.</param>
    /// <param name="isOnly">Whether nothing else is added, so that a problem is one of the command.</param>
    /// <param name="cancellationToken">Cancels the queries and the prompt.</param>
    /// <returns>The artifacts by source.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ArtifactAddition>>> ChooseAsync(IReadOnlyList<string> sources, bool isOnly, CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<string, IReadOnlyList<ArtifactAddition>>(StringComparer.Ordinal);
        if (sources.Count == 0) return chosen;
        foreach (var source in await BrowseAsync(sources, cancellationToken))
        {
            try
            {
                chosen[source.Source] = await ChooseAsync(source, cancellationToken);
            }
            catch (SkillMeatException e) when (!isOnly)
            {
                chosen[source.Source] = [new ArtifactAddition(source.Source) { Problem = e }];
            }
        }

        return chosen;
    }

    private async Task<IReadOnlyList<ArtifactAddition>> ChooseAsync(BrowsedSource browsed, CancellationToken cancellationToken)
    {
        if (new SourceSelection(Types).Decide(browsed) is { } decided) return decided;
        if (!run.CanPrompt) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{browsed.Source} contains {SourceSelection.Names(browsed.Artifacts)}. Use --all, choose some with --include PATTERN, or name the path of one.");
        return [.. (await AskAsync(browsed.Source, [.. browsed.Artifacts.Where(one => one.State == UpstreamArtifactState.New)], cancellationToken)).Select(one => one.ToAddition())];
    }

    private async Task<List<UpstreamArtifact>> AskAsync(string source, List<UpstreamArtifact> missing, CancellationToken cancellationToken)
    {
        var prompt = new MultiSelectionPrompt<UpstreamArtifact>()
            .Title(Markup.Escape(Output.PlainText.OnOneLine($"Add from {source}:")))
            .UseConverter(one => Markup.Escape(Output.PlainText.OnOneLine(one.Description is null ? one.ArtifactId : $"{one.ArtifactId}  {Output.ShortTexts.Value(one.Description)}")))
            .NotRequired()
            .PageSize(LinesOfPrompt)
            .AddChoices(missing);
        var terminal = run.OpenPrompt();
        try
        {
            return await prompt.ShowAsync(terminal, cancellationToken);
        }
        finally
        {
            // The prompt hides it, and shows it again only after a choice.
            terminal.Cursor.Show(true);
        }
    }

    private BrowseRequest RequestOf(IReadOnlyList<string> sources) => new() { Sources = sources, Types = Types, Collection = Collection, BaseFolder = CommandRun.CurrentFolder };

    private async Task<IReadOnlyList<BrowsedSource>> BrowseAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        using var progress = run.ShowProgress("Listing…");
        return await browser.BrowseEachAsync(RequestOf(sources), cancellationToken);
    }
}
