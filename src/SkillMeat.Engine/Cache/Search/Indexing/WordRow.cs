using SkillMeat.Cache.Search.Words;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>The words of an artifact, as they are stored.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Files">The files whose stamps show a change.</param>
/// <param name="Stamps">The stamps, as they were before the file was read.</param>
/// <param name="Words">The values of the columns of the search, in their order.</param>
internal sealed record WordRow(UnreadArtifact Artifact, string Files, byte[] Stamps, IReadOnlyList<string> Words)
{
    /// <summary>Makes the row of an artifact.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="files">Finds its files.</param>
    /// <param name="folder">The full path of the collection.</param>
    /// <param name="words">Splits the texts.</param>
    public static WordRow Of(UnreadArtifact artifact, TextFiles files, string folder, WordList words)
    {
        var looked = artifact.Type is { } type ? files.Find(artifact.Path, type) : "";
        // Before the file is read: what is written meanwhile is found the next time.
        var stamps = files.StampsOf(looked, artifact.Path, artifact.Type);
        var text = ManifestText.Read(Path.Combine(folder, TextFiles.LastOf(looked, artifact.Path, artifact.Type).Replace('/', Path.DirectorySeparatorChar)));
        string[] known = [artifact.Name, artifact.Title ?? "", artifact.Description ?? "", artifact.Author ?? ""];
        return new WordRow(artifact, looked, stamps,
        [
            words.OfName(artifact.Name), words.Of(Limited(artifact.Title)), words.OfTags(artifact.Tags), words.Of(Limited(artifact.Description)), words.Of(Limited(artifact.Author)),
            words.Of(SourceText.Of(Limited(artifact.Upstream))), words.OfBody(BodyText.Without(text, known)),
        ]);
    }

    private static string? Limited(string? text) => text is { Length: > ManifestText.MostBytes } ? text[..ManifestText.MostBytes] : text;
}
