using System.Runtime.ExceptionServices;

namespace SkillMeat.Storage;

/// <summary>Runs an action for each of many items. Waiting for the file system takes most of the time, so that several threads finish earlier even on few processors.</summary>
internal static class ParallelItems
{
    // Fewer items are done before threads have started.
    private const int Few = 64;

    /// <summary>Runs the action for the indexes from 0 to <paramref name="count"/>, in any order and possibly at the same time.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="action">The action, which must be thread-safe. After an error, no further item is begun, and the error of the first item that failed is thrown.</param>
    /// <param name="cancellationToken">Cancels before the next item.</param>
    public static void ForEach(int count, Action<int> action, CancellationToken cancellationToken = default)
    {
        if (count < Few)
        {
            for (var index = 0; index < count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                action(index);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 2, 8) }, action);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }
}
