namespace Deploy.Engine.Events;

/// <summary>Receives the events of a run, one at a time and in order; it must return quickly and not throw.</summary>
public interface IEngineEventSink
{
    void Emit(EngineEvent engineEvent);
}
