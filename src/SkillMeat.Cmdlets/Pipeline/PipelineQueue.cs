using System.Management.Automation;
using System.Threading.Channels;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// Carries what work on other threads has to say to PowerShell's pipeline thread, the only one that may say it, in the order in which it was said.
/// What comes after the work has ended is dropped: nobody is there any more.
/// </summary>
/// <param name="cancellationToken">Ends waiting for a reply when the pipeline is no longer there to give one.</param>
public sealed class PipelineQueue(CancellationToken cancellationToken)
{
    private readonly Channel<Action<Cmdlet>> _messages = Channel.CreateUnbounded<Action<Cmdlet>>(new UnboundedChannelOptions { SingleReader = true });

    public void Write(object result) => Send(cmdlet => cmdlet.WriteObject(result));

    public void Error(ErrorRecord error) => Send(cmdlet => cmdlet.WriteError(error));

    public void Warn(string line) => Send(cmdlet => cmdlet.WriteWarning(line));

    public void Verbose(string line) => Send(cmdlet => cmdlet.WriteVerbose(line));

    public void Progress(ProgressRecord progress) => Send(cmdlet => cmdlet.WriteProgress(progress));

    /// <summary>Asks the pipeline thread something, such as whether a change is wanted, and waits for what it says.</summary>
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
                // The work must not wait for ever; what ends the pipeline is the same exception on this thread.
                reply.SetException(e);
                throw;
            }
        });
        return reply.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the queue; what is in it is still delivered.</summary>
    internal void Complete() => _messages.Writer.Complete();

    /// <summary>Says everything on the calling thread until the queue is ended.</summary>
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
