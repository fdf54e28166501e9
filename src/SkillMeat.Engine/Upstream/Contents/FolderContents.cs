using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Upstream.Contents;

/// <summary>Fetches content from folders on this machine. Thread-safe.</summary>
internal static class FolderContents
{
    /// <summary>Stores the content of all folders. It is in the store when the batch is committed.</summary>
    /// <param name="questions">The wanted content. The paths have no empty parts and no <c>..</c>.</param>
    /// <param name="objects">The batch that receives the content.</param>
    /// <param name="cancellationToken">Cancels the reading, whose objects may stay in the batch.</param>
    /// <returns>The answers in the order of the questions. An error of one folder does not affect the others.</returns>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public static Task<IReadOnlyList<ContentAnswer>> FetchAsync(IReadOnlyList<ContentQuestion> questions, ObjectBatch objects, CancellationToken cancellationToken) =>
        OwnThread.RunAsync<IReadOnlyList<ContentAnswer>>(() => Fetch(questions, objects, cancellationToken));

    private static List<ContentAnswer> Fetch(IReadOnlyList<ContentQuestion> questions, ObjectBatch objects, CancellationToken cancellationToken)
    {
        using var writer = objects.BeginWrite();
        var answers = questions.Select(question => Read(question, writer, cancellationToken)).ToList();
        writer.Commit();
        return answers;
    }

    private static ContentAnswer Read(ContentQuestion question, ObjectWriter writer, CancellationToken cancellationToken)
    {
        if (question.Paths.Count == 0) return new ContentAnswer(question, [], Error: null);
        var root = question.Repository.Folder!;
        try
        {
            if (!Directory.Exists(root)) throw new UpstreamException(ErrorIds.UpstreamNotFound, $"{root}: the folder does not exist. Is a drive or share missing?");
            var place = FolderPlace.Of(root, question.Repository.Within);
            using var stamps = new StampReader(place.Root);
            var reading = new FolderReading(place, stamps, writer, cancellationToken);
            return new ContentAnswer(question, question.Paths.Select(path => reading.Read(path, question.Repository)).ToList(), Error: null);
        }
        catch (UpstreamException e)
        {
            return new ContentAnswer(question, [], e);
        }
        catch (StorageException e) when (!writer.IsBroken)
        {
            return new ContentAnswer(question, [], new UpstreamException(ErrorIds.UpstreamUnavailable, $"{root}: {e.Message}", innerException: e));
        }
    }
}
