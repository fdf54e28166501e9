using System.Management.Automation;
using System.Threading.Channels;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// Passes output from other threads, in its order, to PowerShell's pipeline thread, the only one that may write it.
/// Output after the end of the queue is dropped.
/// </summary>
/// <param name="cancellationToken">Ends waiting for a reply when the pipeline has stopped.</param>
public sealed class PipelineQueue(CancellationToken cancellationToken)
{
    private readonly Channel<Action<Cmdlet>> _messages = Channel.CreateUnbounded<Action<Cmdlet>>(new UnboundedChannelOptions { SingleReader = true });

    public void Write(object result) => Send(cmdlet => cmdlet.WriteObject(result));

    public void Error(ErrorRecord error) => Send(cmdlet => cmdlet.WriteError(error));

    public void Warn(string line) => Send(cmdlet => cmdlet.WriteWarning(VisibleText.Lines(line)));

    public void Verbose(string line) => Send(cmdlet => cmdlet.WriteVerbose(VisibleText.Lines(line)));

    public void Progress(ProgressRecord progress) => Send(cmdlet => cmdlet.WriteProgress(progress));

    /// <summary>Runs a function on the pipeline thread, such as a prompt, and waits for its result.</summary>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var reply = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(_ =>
        {
            try
            {
                reply.SetResult(question());
            }
            catch (Exception e)
            {
                // The work must not wait for ever; the same exception ends the pipeline on this thread.
                reply.SetException(e);
                throw;
            }
        });
        return reply.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Runs work on one of several items, and reports its error without ending the others.</summary>
    /// <param name="item">The item, as the target of the error.</param>
    /// <param name="work">The work.</param>
    public async Task TryAsync(object? item, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (SkillMeatException e)
        {
            Error(ErrorRecords.Of(e, item));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.StorageFailed, e.Message, e), item));
        }
    }

    /// <summary>Ends the queue. Queued output is still delivered.</summary>
    internal void Complete() => _messages.Writer.Complete();

    /// <summary>Writes the output on the calling thread until the queue ends.</summary>
    internal void DeliverTo(Cmdlet cmdlet)
    {
        while (_messages.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            while (_messages.Reader.TryRead(out var message))
            {
                message(cmdlet);
            }
        }
    }

    private void Send(Action<Cmdlet> message) => _messages.Writer.TryWrite(message);
}
