#include "packed/unpack.h"

#include "packed/layer.h"
#include "packed/members.h"

static_assert((int)PACKED_STAGES == (int)UNPACK_STAGES, "each is measured");

void unpack_release(struct unpack *unpack)
{
	mem_free(unpack->block);
	unpack->block = NULL;
}

void unpack_start(struct unpack *unpack, const struct stream *stream)
{
	unpack->meter = (struct packed_meter){.size = stream->size};
}

/* A packing that is opened, its path and name for what comes out. */
struct opened {
	struct unpack *unpack;
	const struct unpack_item *item;
	struct unpack_item inner;
	struct packed packed;
	struct buffer path, name;
};

static int tell_as(struct opened *o, enum source_event_kind kind,
                   enum source_reason why, const char *detail,
                   struct ns_error *err)
{
	struct outlet *outlet = o->unpack->outlet;
	TRY(outlet_file(outlet, o->item->path, o->item->name, err));
	return outlet_tell(outlet, kind, why, 0, detail, err);
}

static int tell(struct opened *o, enum source_reason why, const char *detail,
                struct ns_error *err)
{
	return tell_as(o, SOURCE_REFUSED, why, detail, err);
}

/* What is not read, or holds nothing: named it is refused, found it is not. */
static int leave(struct opened *o, enum source_reason why, const char *detail,
                 struct ns_error *err)
{
	return tell_as(o, o->item->named ? SOURCE_REFUSED : SOURCE_PASSED_OVER,
	               why, detail, err);
}

/* ---- a layer ----------------------------------------------------------------- */

static int read_layer(struct opened *o, const struct packing *packing,
                      struct ns_error *err)
{
	const char *then;
	struct layer layer;
	struct ns_error cause;
	size_t bare = packing_bare_name(o->item->sniffed, &then);
	buffer_append(&o->name, o->item->sniffed, bare);
	buffer_text(&o->name, then);
	buffer_byte(&o->name, '\0');
	TRY(buffer_check(&o->name, err));
	o->inner.sniffed = (const char *)o->name.data;
	int status = layer_open(&layer, packing, &o->packed, &cause);
	if (status == NS_OK)
		status = o->unpack->read(o->unpack->context, &layer.stream,
		                         &o->inner, err);
	else if (status == NS_E_NOMEM || o->packed.status != NS_OK)
		err_set(err, status, "%s", cause.message);
	else
		status = tell(o, layer.stream.why, cause.message, err);
	layer_close(&layer);
	return status;
}

/* ---- an archive -------------------------------------------------------------- */

static int name_member(struct opened *o, const char *name, struct ns_error *err)
{
	buffer_clear(&o->path);
	buffer_clear(&o->name);
	buffer_text(&o->path, o->item->path);
	buffer_text(&o->name, o->item->name);
	buffer_printf(&o->path, "/%s", name);
	buffer_printf(&o->name, "/%s", name);
	buffer_byte(&o->path, '\0');
	buffer_byte(&o->name, '\0');
	TRY(buffer_check(&o->path, err));
	TRY(buffer_check(&o->name, err));
	o->inner.path = (const char *)o->path.data;
	o->inner.name = o->inner.sniffed = (const char *)o->name.data;
	return NS_OK;
}

static int on_member(void *context, const char *name, struct stream *stream,
                     struct ns_error *err)
{
	struct opened *o = context;
	TRY(name_member(o, name, err));
	return o->unpack->read(o->unpack->context, stream, &o->inner, err);
}

static int on_skip(void *context, const char *name,
                   enum source_event_kind kind, enum source_reason why,
                   const char *detail, struct ns_error *err)
{
	struct opened *o = context;
	struct outlet *outlet = o->unpack->outlet;
	TRY(name_member(o, name, err));
	TRY(outlet_file(outlet, o->inner.path, o->inner.name, err));
	return outlet_tell(outlet, kind, why, 0, detail, err);
}

/* Only the outermost file has places that can be read. */
static int find_places(struct opened *o, const struct packing *packing,
                       struct ns_error *err)
{
	struct stream *stream = o->packed.lines->stream;
	struct unpack *unpack = o->unpack;
	if (!stream->read_at || (packing->name != PACKING_ZIP &&
	                         packing->name != PACKING_7Z))
		return NS_OK;
	if (!unpack->block)
		unpack->block = mem_alloc(PACKED_BLOCK);
	if (!unpack->block)
		return err_nomem(err);
	o->packed.at = stream;
	o->packed.block = unpack->block;
	return NS_OK;
}

/* An archive ends before its layer: what guards that, a checksum, is at its end. */
static int read_rest(struct opened *o, struct ns_error *err)
{
	struct packed *packed = &o->packed;
	struct slice rest = {.len = packed->status == NS_OK && packed->stage};
	while (rest.len)
		if (packed_next(packed, &rest) != NS_OK)
			return err_set(err, packed->status, "%s",
			               packed->err.message);
	return NS_OK;
}

static int read_archive(struct opened *o, const struct packing *packing,
                        struct ns_error *err)
{
	const struct members_handler handler = {o, on_member, on_skip};
	struct members_fault fault = {0};
	struct source_report *report = o->unpack->outlet->report;
	TRY(find_places(o, packing, err));
	if (packing->name == PACKING_7Z && !o->packed.at)
		return tell(o, SOURCE_PACKED, "7z can be read from a regular file "
		            "alone, not from a pipe or from within another",
		            err);
	uint64_t before = report->articles + report->refused +
	                  report->passed_over;
	TRY(members_read(&o->packed, packing, &handler, &fault, err));
	if (*fault.reason)
		return tell(o, fault.why, fault.reason, err);
	TRY(read_rest(o, err));
	if (before == report->articles + report->refused + report->passed_over)
		return leave(o, SOURCE_EMPTY, NULL, err);
	return NS_OK;
}

/* ---- any --------------------------------------------------------------------- */

static int read_opened(struct opened *o, const struct packing *packing,
                       struct ns_error *err)
{
	if (packing->kind == PACKING_FOREIGN)
		return leave(o, SOURCE_PACKED_KIND, packing->text, err);
	if (o->inner.depth > UNPACK_DEPTH)
		return tell(o, SOURCE_PACKED_DEEP, packing->text, err);
	if (packing->kind == PACKING_LAYER)
		return read_layer(o, packing, err);
	return read_archive(o, packing, err);
}

int unpack_read(struct unpack *unpack, const struct packing *packing,
                struct lines *lines, const struct unpack_item *item,
                struct ns_error *err)
{
	bool layer = packing->kind == PACKING_LAYER;
	struct opened o = {
		.unpack = unpack, .item = item, .inner = *item,
		.packed = {.lines = lines, .meter = &unpack->meter,
		           .stage = item->stage, .most = UINT64_MAX},
	};
	o.inner.stage++;
	o.inner.layered = layer;
	o.inner.depth += layer || !item->layered;
	o.inner.named = item->named && layer;
	buffer_init(&o.path, 1 << 24);
	buffer_init(&o.name, 1 << 24);
	int status = read_opened(&o, packing, err);
	buffer_release(&o.path);
	buffer_release(&o.name);
	return status;
}
