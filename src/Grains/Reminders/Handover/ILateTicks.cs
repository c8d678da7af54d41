using Orleans.Services;

namespace Alerts.Reminders.Handover;

/// <summary>Orleans wants an interface of a service it runs in every silo; nobody calls this one.</summary>
public interface ILateTicks : IGrainService;
