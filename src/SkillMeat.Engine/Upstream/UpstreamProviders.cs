using System.Collections.Concurrent;

namespace SkillMeat.Upstream;

/// <summary>Questions to any provider.</summary>
internal static class UpstreamProviders
{
    /// <summary>Asks about artifacts, and waits for all answers.</summary>
    /// <param name="provider">Answers the questions.</param>
    /// <param name="questions">The questions, one for each repository.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>One answer for each question, in no particular order.</returns>
    public static async Task<IReadOnlyList<RepositoryAnswer>> AskAllAsync(this IUpstreamProvider provider, IReadOnlyList<RepositoryQuestion> questions, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentQueue<RepositoryAnswer>();
        await provider.AskAsync(questions, answers.Enqueue, cancellationToken).ConfigureAwait(false);
        return answers.ToList();
    }
}
